using CryptoScreener.AlertEngine;
using CryptoScreener.Hosting;
using CryptoScreener.Messaging;
using CryptoScreener.Storage;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddScreenerDefaults("alert-engine");
builder.Services.AddScreenerMessaging();
if (!EngineRoleNames.TryParse(builder.Configuration["role"], out var roles, out var error)) return Complain(error);
builder.Services.AddScreenerStorage(builder.Configuration, whileAway: roles.WithoutDatabase());
builder.Services.AddAlertEngine(roles);
return await builder.Build().RunScreenerAsync();

static int Complain(string error)
{
    Console.Error.WriteLine(error);
    return 1;
}
