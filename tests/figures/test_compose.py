"""How a figure's code is composed: one module or script out of its folder and the shared modules."""

import base64
import re

import pytest

from helpers import figures
from helpers.figures import compose

NAMES = sorted(set(figures.__all__) - {"Figure"})
DEFAULT = "export default { render };\n"


def test_a_module_has_no_imports_and_one_default_export(write):
    write(
        {
            "shared/dom": "export const html = 1;\nexport function svg() {}\nconst own = 2;\n",
            "figure/view": 'import { html, svg } from "../shared/dom.mjs";\nfunction render() { html; }\n' + DEFAULT,
        }
    )
    text = compose.module("figure")
    assert not re.search(r"^\s*import", text, re.MULTILINE)
    assert re.findall(r"^export.*", text, re.MULTILINE) == ["export default {"]
    assert "return render(context);" in text
    assert "return { html, svg };" in text
    assert "const { html, svg } = _shared_dom;" in text


def test_a_name_may_be_changed_and_an_import_may_have_several_lines(write):
    write(
        {
            "shared/cells": "export const sigmoid = 1;\nexport class Cell {}\n",
            "figure/view": 'import {\n  sigmoid as gate,\n  Cell,\n} from "../shared/cells.mjs";\n'
            "const render = gate;\n" + DEFAULT,
        }
    )
    assert "sigmoid: gate" in compose.module("figure")


def test_what_a_shared_module_imports_stands_before_it_and_once(write):
    write(
        {
            "shared/dom": "export const html = 1;\n",
            "shared/text": 'import { html } from "./dom.mjs";\nexport const words = html;\n',
            "figure/view": 'import { words } from "../shared/text.mjs";\nimport { html } from "../shared/dom.mjs";\n'
            "const render = words;\n" + DEFAULT,
        }
    )
    text = compose.module("figure")
    assert text.count("const _shared_dom =") == text.count("const _shared_text =") == 1
    assert text.index("const _shared_dom =") < text.index("const _shared_text =")


def test_a_file_beside_the_view_and_a_shared_one_of_the_same_name_are_two(write):
    write(
        {
            "shared/text": "export const words = 1;\n",
            "figure/text": 'import { words } from "../shared/text.mjs";\nexport const sentence = words;\n',
            "figure/view": 'import { sentence } from "./text.mjs";\nconst render = sentence;\n' + DEFAULT,
        }
    )
    text = compose.module("figure")
    assert "const { words } = _shared_text;" in text
    assert "const { sentence } = _figure_text;" in text
    assert text.index("const _shared_text =") < text.index("const _figure_text =")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            'import { nothing } from "../shared/dom.mjs";\n' + DEFAULT,
            "figure/view.mjs imports nothing from shared/dom.mjs, which exports html",
        ),
        (
            'import { nothing } from "./model.mjs";\n' + DEFAULT,
            "figure/view.mjs imports nothing from figure/model.mjs, which exports one",
        ),
        (
            'import { html } from "./dom.mjs";\n' + DEFAULT,
            "figure/view.mjs imports from figure/dom.mjs, and there is no such file",
        ),
        (
            'import { html } from "../shared/model.mjs";\n' + DEFAULT,
            "figure/view.mjs imports from shared/model.mjs, and there is no such file",
        ),
        ('import { one } from "../other/model.mjs";\n' + DEFAULT, "figure/view.mjs: an import is written"),
        ('import * as dom from "../shared/dom.mjs";\n' + DEFAULT, "an import is written"),
        ('import { html } from "https://example.org/dom.mjs";\n' + DEFAULT, "an import is written"),
        ('import { html } from "../shared/dom.mjs";\n', "figure/view.mjs must end with"),
        ("export const render = 1;\n" + DEFAULT, "export nothing else"),
        (DEFAULT + DEFAULT, "export nothing else"),
        (DEFAULT + "const more = 1;\n", "must end with"),
        ('import { fine } from "../shared/odd.mjs";\n' + DEFAULT, "shared/odd.mjs: write an export as"),
    ],
)
def test_a_module_that_cannot_be_composed_is_named(write, source, message):
    write(
        {
            "shared/dom": "export const html = 1;\n",
            "shared/odd": "export const fine = 1;\nexport let odd = 1;\n",
            "figure/model": "export const one = 1;\n",
            "other/model": "export const one = 1;\n",
            "figure/view": source,
        }
    )
    with pytest.raises(ValueError, match="mjs") as error:
        compose.module("figure")
    assert message in str(error.value)


def test_a_script_hands_over_a_function(write):
    write({"figure/view": "const render = 1;\n" + DEFAULT})
    assert compose.script("figure") == 'rnnFigure(() => {\n"use strict";\nconst render = 1;\nreturn { render };\n});\n'


def test_a_data_script_holds_the_bytes():
    content = bytes(range(256))
    found = re.fullmatch(r'rnnFigure\(\(\) => "(.*)"\);\n', compose.data_script(content))
    assert base64.b64decode(found[1]) == content


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_can_be_composed(name):
    figure = getattr(figures, name)()
    assert figure.name == name
    assert "export default" not in compose.script(figure.name)


@pytest.mark.parametrize("name", [path.parent.name for path in sorted(compose.FOLDER.glob("*/model.mjs"))])
def test_a_model_computes_and_draws_nothing(name):
    imported = {}
    text = compose._without_imports(f"{name}/model.mjs", imported)
    assert not re.search(r"\b(document|window)\b", "".join([*imported.values(), text]))
