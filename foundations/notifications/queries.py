from foundations.notifications.models import Notice


def unread_count(user) -> int:
    return Notice.objects.filter(recipient=user.pk, read_at__isnull=True).count()
