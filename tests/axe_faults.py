"""What axe-core finds wrong with an open page, in any look and width. `AXE` is its script, to be brought into it."""

from importlib.resources import files

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
FIND = """async (wanted) => {
  for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
  const told = (node) => node.target + ' ' + node.any.map((one) => one.message);
  const found = (await axe.run(document, wanted)).violations;
  const grave = found.filter((each) => ['serious', 'critical'].includes(each.impact));
  return grave.map((each) => each.id + ': ' + each.nodes.map(told).join(' | '));
}"""
LOOK = """([isDark, contrast]) => {
  document.body.classList.toggle('dark', isDark);
  document.dispatchEvent(new CustomEvent('comfort', { detail: { contrast } }));
}"""
COLOURS = {"runOnly": ["color-contrast"]}
STRONG = {"runOnly": ["color-contrast-enhanced"], "rules": {"color-contrast-enhanced": {"enabled": True}}}


def found(page: Page) -> list[str]:
    """What is grave at both widths, and in its colours where it is dark or strong."""
    grave: list[str] = []
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(LOOK, [False, "usual"])
        grave += page.evaluate(FIND, {})
        page.evaluate(LOOK, [True, "usual"])
        grave += page.evaluate(FIND, COLOURS)
        for is_dark in (False, True):
            page.evaluate(LOOK, [is_dark, "more"])
            grave += page.evaluate(FIND, STRONG)
    page.evaluate(LOOK, [False, "usual"])
    return grave
