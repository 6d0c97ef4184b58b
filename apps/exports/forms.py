from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from apps.exports.seal import LARGEST


class MakeForm(forms.Form):
    """A button: has the PDF made."""


class VerifyForm(forms.Form):
    file = forms.FileField(
        label=_("The PDF"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Choose a PDF first."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("This file is larger than %(size)d MB. Files made here are smaller.") % {"size": LARGEST // 1024**2}
            )
        return file
