from django.urls import path

from suggestions.views import rectification, replies, service

urlpatterns = [
    path("addressees/<slug:public_id>/serve/", service.serve, name="serve"),
    path("addressees/<slug:public_id>/sign/", service.sign, name="sign"),
    path("addressees/<slug:public_id>/handler/", service.assign, name="assign"),
    path("addressees/<slug:public_id>/successor/", service.readdress, name="readdress"),
    path("addressees/<slug:public_id>/reply/", replies.reply, name="reply"),
    path("addressees/<slug:public_id>/register/", replies.register, name="register"),
    path("addressees/<slug:public_id>/review/", replies.review, name="review"),
    path("addressees/<slug:public_id>/objection/", replies.objection, name="objection"),
    path("addressees/<slug:public_id>/extension/", replies.ask_extension, name="extension"),
    path("addressees/<slug:public_id>/measures/", rectification.measures, name="measures"),
    path("addressees/<slug:public_id>/finish/", rectification.finish, name="finish"),
    path("addressees/<slug:public_id>/verify/", rectification.verify, name="verify"),
    path("addressees/<slug:public_id>/reopen/", rectification.reopen, name="reopen"),
    path("replies/<slug:public_id>/file/", replies.add_file, name="reply-file"),
    path("measures/<slug:public_id>/done/", rectification.measure_done, name="measure-done"),
    path("extensions/<slug:public_id>/answer/", replies.answer_extension, name="extension-answer"),
]
