// A wide table opens where it matters: the column marked as now, beside the first one.
document.querySelectorAll("[data-scroll-to]").forEach((box) => {
  const column = box.querySelector(box.dataset.scrollTo);
  const first = box.querySelector("thead th");
  if (column && first && box.scrollWidth > box.clientWidth) {
    box.scrollLeft = column.offsetLeft - first.offsetWidth - column.offsetWidth;
  }
});
