from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Static files under names with their content's hash, module imports included."""

    support_js_module_import_aggregation = True
    manifest_strict = True
