/* Shows the feedback to the answer that the reader picks. Without this script the page lists all answers. */
(() => {
  "use strict";

  const prepare = (question) => {
    const answers = question.querySelector(".quiz-answers");
    const feedback = question.querySelector(".quiz-feedback");
    if (!answers || !feedback) return;
    answers.hidden = true;
    question.addEventListener("change", (event) => {
      const verdict = answers.querySelector(`[data-answer="${event.target.value}"] .quiz-verdict`);
      if (!verdict) return;
      feedback.replaceChildren(...[...verdict.childNodes].map((node) => node.cloneNode(true)));
      feedback.dataset.correct = verdict.dataset.correct;
    });
  };

  const start = () => document.querySelectorAll(".quiz fieldset").forEach(prepare);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
