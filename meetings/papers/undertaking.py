"""保密承诺: the words that a named reader signs before a confidential topic opens."""

from meetings.models import Topic
from members.models import User


def undertaking_text(topic: Topic, user: User) -> str:
    """The whole undertaking for one reader; it is kept with the signature as it was."""
    return (
        f"本人{user}，作为“{topic.meeting}”内部保密议题的指定阅读人，承诺：\n"
        "一、只为参加本次会议阅读该议题及其资料，不摘抄、不复制、不拍照、不转发。\n"
        "二、未经会议同意，不向任何单位和个人透露议题内容、讨论情况和形成的意见。\n"
        "三、在行政诉讼中，不以所知内容作出可能影响人民法院公正审判的行为。\n"
        "四、知悉每次打开均留有记录；违反承诺的，依照有关规定承担责任。"
    )
