// Main navigation: the menu button of small screens and the buttons of submenus.
// Without this script the menu button is a link to the list of all pages in the footer.

const nav = document.getElementById("hauptnavigation");
const menuButton = document.getElementById("menue-knopf");
const menuLink = document.getElementById("menue-link");
const toggles = nav ? [...nav.querySelectorAll(".nav-toggle")] : [];
const wide = matchMedia("(min-width: 60em)");

function setOpen(button, box, open) {
  button.setAttribute("aria-expanded", String(open));
  box.classList.toggle("is-open", open);
}

function closeSubmenus(except) {
  for (const toggle of toggles) {
    if (toggle !== except) setOpen(toggle, toggle.closest("li"), false);
  }
}

function isOpen(button) {
  return button.getAttribute("aria-expanded") === "true";
}

function onEscape(event) {
  if (event.key !== "Escape") return;
  const open = toggles.find((toggle) => isOpen(toggle));
  if (open) {
    const inside = open.closest("li").contains(document.activeElement);
    closeSubmenus();
    if (inside) open.focus();
  } else if (isOpen(menuButton)) {
    setOpen(menuButton, nav, false);
    menuButton.focus();
  }
}

if (nav && menuButton) {
  document.documentElement.classList.add("is-scripted");
  menuLink.hidden = true;
  menuButton.hidden = false;
  menuButton.addEventListener("click", () => setOpen(menuButton, nav, !isOpen(menuButton)));
  for (const toggle of toggles) {
    toggle.addEventListener("click", () => {
      if (wide.matches) closeSubmenus(toggle);
      setOpen(toggle, toggle.closest("li"), !isOpen(toggle));
    });
  }
  document.addEventListener("keydown", onEscape);
  document.addEventListener("click", (event) => {
    if (wide.matches && !nav.contains(event.target)) closeSubmenus();
  });
  nav.addEventListener("focusout", (event) => {
    if (wide.matches && event.relatedTarget && !event.relatedTarget.closest(".nav-list > li.is-open")) closeSubmenus();
  });
  wide.addEventListener("change", () => {
    closeSubmenus();
    setOpen(menuButton, nav, false);
  });
}

// Browsers leave a focused link in a table half hidden if a part of it shows.
document.addEventListener("focusin", ({ target }) => {
  if (target.closest(".rahmen-scroll > *")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});
