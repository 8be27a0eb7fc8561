// A picture is sent as soon as it is chosen, with a bar that says how far it is; without this its form sends it.
const MOST = 50_000_000;
const part = (name) => document.getElementById(`upload-${name}`);
const say = (sentence, bad = false) => {
  part("said").textContent = sentence;
  part("said").classList.toggle("error", bad);
};

document.addEventListener("change", (event) => {
  if (!event.target.matches("#upload-file,#upload-photo") || !event.target.files.length) return;
  const { size } = event.target.files[0];
  if (size > MOST) {
    say(`This file has ${Math.ceil(size / 1e6)} MB; 50 can be sent. Save it smaller, for example as JPEG.`, true);
    event.target.value = "";
  } else send(event.target);
});

function send(field) {
  const request = new XMLHttpRequest();
  const sent = new FormData(field.form);
  sent.set("file", field.files[0]);
  request.open("POST", field.form.action);
  request.setRequestHeader("HX-Request", "true");
  request.setRequestHeader("HX-Request-Type", "partial");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    part("bar").hidden = false;
    part("bar").value = loaded / total;
    say(loaded < total ? `Sending: ${Math.round((100 * loaded) / total)} %` : "Sent. It is being looked at.");
  });
  request.addEventListener("error", () => done(field, "The shop does not answer. Choose the picture again to try once more."));
  request.addEventListener("load", () => {
    if (request.status !== 201) return done(field, words(request.responseText));
    done(field, "");
    say(request.responseText);
    htmx.ajax("GET", request.getResponseHeader("Location"), { target: "#design", swap: "innerMorph" });
  });
  request.send(sent);
}

function done(field, sentence) {
  part("bar").hidden = true;
  field.value = "";
  say(sentence, true);
}

function words(page) {
  return new DOMParser().parseFromString(page, "text/html").body.textContent.trim();
}
