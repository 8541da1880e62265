using CryptoScreener.DataCollector;
using CryptoScreener.Hosting;
using CryptoScreener.Messaging;
using CryptoScreener.Storage;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddScreenerDefaults("data-collector");
builder.Services.AddScreenerMessaging();
builder.Services.AddScreenerStorage(builder.Configuration);
builder.Services.AddDataCollector();
return await builder.Build().RunScreenerAsync();
