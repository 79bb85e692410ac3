"""Records of problems and what settles them and their addresses, for the sweeps."""

from django.db.models import Model

from tests import settled
from tests.city import City

# Room and record of each address, then its names.
TABLE = """
problems problem: problem analyse measure track drop agenda problem-files solve again
problems problem_measure: measure-done
problems class_case: class-case class-case-edit class-case-tell class-case-files
    class-case-bulletin
problems question: question position question-settle question-leave question-agenda
    question-files
problems standard: standard standard-edit standard-put standard-give-up standard-files
problems standard_asked: standard-answer standard-back
problems standard_in_force: standard-next
problems interpretation: interpretation interpretation-edit interpretation-put
    interpretation-give-up interpretation-files
problems interpretation_asked: interpretation-answer interpretation-back
problems consultation: consultation consultation-edit consultation-ask consultation-files
problems consultation_sent: consultation-conclude
problems asking: opinion reply
problems clause_opinion: decide
problems guidance: guidance-letter guidance-edit guidance-send guidance-letter-files
problems guidance_sent: guidance-reply guidance-close
problems supervision_visit: visit visit-report visit-settle visit-files
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {}


def records(city: City) -> dict[str, Model]:
    problem = settled.problem(city)
    sent = settled.consultation(city, sent=True)
    asking = settled.asking(sent)
    opinion = settled.opinion(city, asking)
    return {
        "problem": problem,
        "problem_measure": settled.measure(city, problem),
        "class_case": settled.class_case(city),
        "question": settled.question(city),
        "standard": settled.standard(city),
        "standard_asked": settled.standard(city, "asked"),
        "standard_in_force": settled.standard(city, "in_force"),
        "interpretation": settled.interpretation(city),
        "interpretation_asked": settled.interpretation(city, "asked"),
        "consultation": settled.consultation(city),
        "consultation_sent": sent,
        "asking": asking,
        "clause_opinion": opinion,
        "guidance": settled.letter_of_guidance(city),
        "guidance_sent": settled.letter_of_guidance(city, sent=True),
        "supervision_visit": settled.visit(city),
    }
