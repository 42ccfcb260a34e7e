// Sends what a mailed link is for. Only a press of the button does, since mail programs open links to look at them;
// and the token comes from behind the #, which a browser never sends.
const form = document.querySelector('form');
const status = document.querySelector('[role=status]');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  status.textContent = 'One moment …';
  try {
    const response = await fetch(form.dataset.route, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: location.hash.slice(1), ...Object.fromEntries(new FormData(form)) }),
    });
    if (response.ok) {
      form.hidden = true;
      status.textContent = form.dataset.done;
      return;
    }
    const problem = await response.json();
    status.textContent = `${problem.title}. ${problem.hint}`;
  } catch {
    status.textContent = 'The server cannot be reached. Try again.';
  }
  button.disabled = false;
});
