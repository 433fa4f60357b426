// Loaded before a program the launcher runs (`node --import`): the program must not outlive the launcher, which may be
// killed without a chance to stop it. A closed channel tells us so at once; the rest is an ordinary SIGTERM.
// Processes that such a program starts may inherit the option; they have channels of their own.
if (process.env["LAUNCHED_BY"] === String(process.ppid)) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
}
