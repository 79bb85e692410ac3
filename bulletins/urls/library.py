from django.urls import path

from bulletins.views import library

urlpatterns = [
    path("library/", library.library, name="library"),
    path("library/new/", library.new_item, name="library-new"),
    path("library/<slug:public_id>/", library.item, name="library-item"),
    path("library/<slug:public_id>/edit/", library.revise, name="library-edit"),
    path("library/<slug:public_id>/files/", library.files, name="library-files"),
    path("library/<slug:public_id>/contents/", library.compile_items, name="library-contents"),
    path("library/<slug:public_id>/publish/", library.publish, name="library-publish"),
    path("library/<slug:public_id>/favourite/", library.favourite, name="library-favourite"),
    path("library/<slug:public_id>/end/", library.end, name="library-end"),
    path("library/<slug:public_id>/withdraw/", library.withdraw, name="library-withdraw"),
]
