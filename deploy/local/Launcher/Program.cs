using CryptoScreener.Launcher;

// Ctrl-C and SIGTERM begin an orderly drain; the default would end us two seconds later.
var patience = new System.CommandLine.InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) };
return await LauncherCommand.Create().Parse(args).InvokeAsync(patience);
