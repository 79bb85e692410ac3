from django.urls import path

from bulletins.views import counts, obligation_ledger, obligations

urlpatterns = [
    path("", obligations.board, name="board"),
    path("obligations/", obligation_ledger.obligations, name="obligations"),
    path("obligations/<slug:public_id>/", obligations.obligation, name="obligation"),
    path("obligations/<slug:public_id>/occasion/", obligations.occasion, name="occasion"),
    path("obligations/<slug:public_id>/plan/", obligations.plan, name="plan"),
    path("instalments/<slug:public_id>/", obligations.instalment, name="instalment"),
    path("instalments/<slug:public_id>/nil/", obligations.nil, name="nil"),
    path("instalments/<slug:public_id>/counts/", counts.counts, name="counts"),
    path("instalments/<slug:public_id>/counts/agree/", counts.agree, name="counts-agree"),
    path("instalments/<slug:public_id>/take-back/", obligations.take_back, name="take-back-nil"),
]
