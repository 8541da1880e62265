using CryptoScreener.AlertEngine;
using CryptoScreener.Hosting;
using CryptoScreener.Messaging;
using CryptoScreener.Storage;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddScreenerDefaults("alert-engine");
builder.Services.AddScreenerMessaging();
builder.Services.AddScreenerStorage(builder.Configuration);
builder.Services.AddAlertEngine();
return await builder.Build().RunScreenerAsync();
