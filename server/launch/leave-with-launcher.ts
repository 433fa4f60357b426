// Loaded before a program the launcher runs (`node --import`): the program must not outlive the launcher, which may be
// killed without a chance to stop it. A closed channel tells us so at once; the rest is an ordinary SIGTERM.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
