"""The state of every clause of 示范市 on the day on which its demo is told, written by hand.

From the words of the clause and from what the demo tells; `told` stands for a thing that
happened within the year before the day.
"""

from datetime import date

TOLD_ON = date(2026, 11, 23)
KEPT, SOON, BROKEN = "kept", "due_soon", "broken"
YET, NONE = "not_yet_due", "not_applicable"

STATES = {
    "SF-1": KEPT,  # the text is in force
    "SF-2": KEPT,  # minutes went out with copies to the three offices
    "SF-3": KEPT,
    "SF-4": KEPT,  # both sides told their people of every meeting, the one ahead included
    "SF-5": KEPT,
    "SF-6": KEPT,  # two convenors, two deputies
    "SF-7": KEPT,  # reports, typical cases, problems and advice were on agendas
    "SF-8": KEPT,  # problems registered: as needed, so a measure that waits breaks nothing
    "SF-9": KEPT,  # letters of guidance and a visit, as needed
    "SF-10": KEPT,  # problems on agendas
    "SF-11": KEPT,
    "SF-12": KEPT,  # 其他: 校外培训机构 came back to the latest meeting
    "SF-13": KEPT,
    "SF-14": KEPT,  # the latest regular meeting was in October, two months run until December
    "SF-15": KEPT,  # agencies are asked to every meeting
    "SF-16": KEPT,
    "SF-17": KEPT,
    "SF-18": KEPT,  # agencies were asked to ad-hoc meetings too
    "SF-19": KEPT,  # every topic came with its opinion and material
    "SF-20": KEPT,
    "SF-21": NONE,  # the only confidential topic is of a meeting still ahead
    "SF-22": KEPT,  # contacts about pending cases were registered
    "SF-23": KEPT,
    "SF-24": KEPT,  # the event 34 days ago was told within ten days
    "SF-25": KEPT,  # due on the 20th, told; the next on December 20
    "SF-26": KEPT,  # the third quarter was due on October 30, told
    "SF-27": KEPT,  # the first half-year was told
    "SF-28": KEPT,  # the white paper by March 31; other matters as needed
    "SF-29": SOON,  # 住房租赁管理规定 six days ago, to be told within ten
    "SF-30": KEPT,  # April late, February nil; all told by now
    "SF-31": YET,  # by the year's plan, and this year has none; nothing circulated either
    "SF-32": BROKEN,  # the third quarter was due in mid-November and was not told
    "SF-33": YET,  # as needed, none since
    "SF-34": BROKEN,  # a measure of a coordination is late
    "SF-35": KEPT,
    "SF-36": KEPT,
    "SF-37": KEPT,
    "SF-38": KEPT,  # the justice bureau has to urge, and urged the police, who have not replied
    "SF-39": KEPT,  # 其他工作事项: the task list of the year, whose tasks cite no clause
    "SF-40": KEPT,  # 322 days ago
    "SF-41": KEPT,
    "SF-42": KEPT,  # research in land compensation, with its report
    "SF-43": KEPT,
    "SF-44": KEPT,  # the sides agreed on who signs for notices
    "SF-45": KEPT,
}
