"""The sample: reply drafts for the support team of a water company. Nothing in it is a real company or person.

Everything goes through the actions of the apps, as people would have done it. Days are counted from
the day of loading, so that what is due lies ahead.
"""
