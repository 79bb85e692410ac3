"""How the fields of a form are rendered: single controls, boxes, groups."""

import pytest
from django import forms
from django.template.loader import render_to_string
from lxml.html import fromstring

from foundations.access.errors import RuleBroken
from foundations.access.forms import PortalForm

CHOICES = [("a", "甲"), ("b", "乙")]


class EveryKind(PortalForm):
    name = forms.CharField(label="名称", help_text="全称")
    seen = forms.BooleanField(label="已阅")
    units = forms.MultipleChoiceField(
        label="单位", choices=CHOICES, widget=forms.CheckboxSelectMultiple, help_text="可多选"
    )
    answer = forms.ChoiceField(
        label="答复", choices=CHOICES, widget=forms.RadioSelect, required=False
    )
    none = forms.MultipleChoiceField(
        label="空", choices=[], widget=forms.CheckboxSelectMultiple, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    wide = ("name", "units")


def rendered(form):
    return fromstring(f"<main>{render_to_string('forms/form.html', {'form': form})}</main>")


@pytest.mark.parametrize(
    ("name", "kind", "wide", "checked"),
    [("units", "checkbox", True, ["b"]), ("answer", "radio", False, ["a"])],
)
def test_a_choice_among_boxes_is_a_group_with_its_question(name, kind, wide, checked):
    page = rendered(EveryKind(initial={"units": ["b"], "answer": "a"}))

    inputs = page.xpath(f"//fieldset//label[@class='form-check']/input[@name='{name}']")
    group = inputs[0].iterancestors("fieldset").__next__()

    assert [(one.get("type"), one.get("class")) for one in inputs] == [
        (kind, "form-check-input")
    ] * 2
    assert [one.get("value") for one in inputs if one.get("checked") is not None] == checked
    assert group.find("legend").text_content() == {"units": "单位", "answer": "答复选填"}[name]
    assert (group.get("class") == "full") == wide
    assert [label.text_content() for label in group.findall(".//label")] == ["甲", "乙"]


def test_a_single_control_has_its_label_and_a_lone_box_its_sentence():
    page = rendered(EveryKind())

    assert page.xpath("//div[@class='full']/label[@for='id_name']")
    assert page.xpath("//label[@class='form-check'][input[@name='seen']]/span[text()='已阅']")
    assert len(page.findall(".//fieldset")) == 3
    assert page.xpath("//fieldset[legend[starts-with(., '空')]]//span[text()='—']")
    assert not page.xpath("//*[@wrap]")
    assert page.xpath("//input[@type='hidden'][@name='version']")


def test_what_is_wrong_with_a_group_is_said_in_it():
    form = EveryKind({"name": "x", "version": "1"})
    form.refuse(RuleBroken("no_unit", "请选择单位。", "units"))

    group = rendered(form).xpath("//fieldset[legend='单位']")[0]

    assert "请选择单位。" in group.text_content()
    assert group.xpath(".//*[@id='id_units_error']")
    assert {one.get("aria-describedby") for one in group.xpath(".//input")} == {"id_units_error"}
