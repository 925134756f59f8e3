"""What the browser tests share: a page with one figure, a visit, and what a reader does there."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from playwright.sync_api import Locator, Page

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
FIGURE_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{name}</title>
<link rel="icon" href="favicon.svg"><link rel="stylesheet" href="figures.css"><script src="figures.js" defer></script>
<style>
  :root {{ color-scheme: light dark; color: light-dark(#212529, #ced6dd); background: light-dark(#fff, #121212); }}
  body {{ font: 16px/1.6 sans-serif; max-width: 740px; margin: 0 auto; padding: 0 12px; }}
</style></head><body><main><h1>{name}</h1>{place}</main></body></html>
"""


@dataclass
class Visit:
    """A page and everything that went wrong on it."""

    page: Page
    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


# What of a page is cut off: wider than the box that it scrolls in, or beyond the edge of the text. Folds are opened.
CUT_OFF = """() => {
    document.querySelectorAll("article details").forEach((fold) => { fold.open = true; });
    document.querySelectorAll("article .toggle-hidden").forEach((box) => box.classList.remove("toggle-hidden"));
    const article = document.querySelector("article");
    const edge = article.getBoundingClientRect().right - parseFloat(getComputedStyle(article).paddingRight);
    const found = [];
    for (const one of article.querySelectorAll("pre, table, figure, img, svg, .rnn-figure")) {
        if (!one.checkVisibility() || one.closest(".rnn-live")) continue;
        let beyond = one.getBoundingClientRect().right - edge;
        for (let box = one; box !== article; box = box.parentElement) {
            if (getComputedStyle(box).overflowX === "visible") continue;
            beyond = Math.max(beyond, box.scrollWidth - box.clientWidth);
        }
        if (beyond < 1.5) continue;
        const section = one.closest("section")?.id ?? "";
        const words = one.textContent.trim().replace(/\\s+/g, " ").slice(0, 60);
        found.push(`#${section}: ${one.localName} sticks out by ${Math.ceil(beyond)} pixels: ${words}`);
    }
    return found;
}"""


def cut_off(page: Page) -> list[str]:
    """What of a page a reader would have to scroll to: where it stands, how far it sticks out, how it begins."""
    return page.evaluate(CUT_OFF)


# Focus the control at that place and say what it is; null where there is none, or none that can be used just now.
FOCUS = """(figure, place) => {
    const one = figure.querySelectorAll("button, input, select, textarea, summary, [tabindex='0']")[place];
    if (!one) return null;
    one.focus();
    return { kind: one.matches(":focus") && one.checkVisibility() ? one.type || one.localName : "", value: one.value };
}"""
KEYS = {"radio": "Space", "checkbox": "Space", "button": "Enter", "summary": "Enter", "range": "ArrowRight"}


def operate(page: Page, figure: Locator) -> None:
    """Press a key on every control of a figure, in the order of the page; every slider must move."""
    for place in range(300):  # a button may add controls
        control = figure.evaluate(FOCUS, place)
        if control is None:
            break
        if control["kind"]:
            page.keyboard.press(KEYS.get(control["kind"], "ArrowDown"))
        if control["kind"] == "range" and figure.evaluate(FOCUS, place) == control:
            page.keyboard.press("ArrowLeft")
            assert figure.evaluate(FOCUS, place) != control, f"slider {place} does not move"


# --- the figures of one step -----------------------------------------------------------------------------------------

# Render a figure outside any page, press "Repeat the step", and hand back what the model then holds, unrounded.
REPEAT = """async ([source, states, times]) => {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const figure = (await import(url)).default;
    return states.map((state) => {
        const handlers = {}, el = document.body.appendChild(document.createElement("div"));
        const model = {
            get: (key) => state[key], save_changes() {},
            set(key, value) { state[key] = value; (handlers[key] ?? []).forEach((handler) => handler()); },
            on(event, handler) { (handlers[event.slice("change:".length)] ??= []).push(handler); },
        };
        figure.render({ model, el });
        const button = [...el.querySelectorAll("button")].find((one) => one.textContent === "Repeat the step");
        for (let k = 0; k < times; k++) button.click();
        el.remove();
        return state;
    });
}"""


def draw(blocks: int, seed: int) -> list[np.ndarray]:
    """Random weights of one unit with one input: kernel, recurrent kernel, two rows of biases."""
    random = np.random.default_rng(seed)
    return [random.uniform(-3, 3, size=shape) for shape in ((1, blocks), (1, blocks), (2, blocks))]


def results(page) -> list[float]:
    """The results at the ends of the equations, as they are shown."""
    return [float(text.replace("−", "-")) for text in page.locator(".rnn-equation strong").all_inner_texts()]


def slider(page, name):
    return page.get_by_role("slider", name=re.compile(name))
