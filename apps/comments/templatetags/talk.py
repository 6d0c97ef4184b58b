from django import template
from django.utils.safestring import SafeString

from apps.comments.mentions import drawn
from apps.comments.models import Comment

register = template.Library()


@register.filter
def said(comment: Comment) -> SafeString:
    """What somebody said, with the names of those they mean marked."""
    return drawn(comment.body, [mention.user for mention in comment.mentions.all()])
