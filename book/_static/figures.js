/* Runs the interactive figures of a page without a kernel. Each is a place such as
   <div class="rnn-figure-place" data-code="half_life-….js"><p>…</p><script type="application/json">{state}</script></div>
   whose code lies in figures/ beside this file. Until it has come, and if it does not, the description stays.
   Everything comes as a script, large data too: a page that is opened from a disk may load nothing else. */
(() => {
  "use strict";
  const folder = new URL("figures/", document.currentScript.src);
  const asked = new Map(); // file name → promise of what it holds
  const arrived = new WeakMap(); // script → function that it handed over

  window.rnnFigure = (make) => arrived.set(document.currentScript, make);

  function content(file) {
    if (!asked.has(file)) {
      asked.set(file, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = new URL(file, folder).href;
        script.onload = () => resolve(arrived.get(script));
        script.onerror = () => resolve(undefined);
        document.head.append(script);
      }).then((make) => {
        if (!make) throw new Error(`${file} could not be fetched`);
        return make();
      }));
    }
    return asked.get(file);
  }

  function bytes(base64) {
    const text = atob(base64), array = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) array[i] = text.charCodeAt(i);
    return new DataView(array.buffer);
  }

  /* What anywidget gives a figure, without a kernel behind it. */
  class Model {
    constructor(state) { this.state = { ...state }; this.handlers = new Map(); }
    get(key) { return this.state[key]; }
    set(key, value) {
      if (Object.is(this.state[key], value)) return;
      this.state[key] = value;
      for (const handler of [...(this.handlers.get(`change:${key}`) ?? [])]) handler();
    }
    save_changes() {}
    on(event, handler) { this.handlers.set(event, [...(this.handlers.get(event) ?? []), handler]); }
    off(event, handler) { this.handlers.set(event, (this.handlers.get(event) ?? []).filter((one) => one !== handler)); }
  }

  async function mount(place) {
    try {
      const state = JSON.parse(place.querySelector("script[type='application/json']").textContent);
      const [figure] = await Promise.all([
        content(place.dataset.code),
        ...Object.entries(state).map(async ([key, value]) => {
          if (value?.$file) state[key] = bytes(await content(value.$file));
          if (value?.$later) state[key] = async () => bytes(await content(value.$later));
        }),
      ]);
      const el = document.createElement("div");
      await figure.render({ model: new Model(state), el });
      place.replaceChildren(el);
      place.dataset.mounted = "yes";
    } catch (error) {
      const note = document.createElement("p");
      note.className = "rnn-figure-alt";
      note.textContent = `This figure cannot move here: ${error.message}. Reload the page, or run the notebook.`;
      place.append(note);
      place.dataset.mounted = "no";
      console.error(error);
    }
  }

  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) { near.unobserve(entry.target); mount(entry.target); }
    }
  }, { rootMargin: "600px" });
  document.querySelectorAll(".rnn-figure-place").forEach((place) => near.observe(place));
})();
