using CryptoScreener.Hosting;
using CryptoScreener.Messaging;
using CryptoScreener.MetricsCalculator;
using CryptoScreener.Storage;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddScreenerDefaults("metrics-calculator");
builder.Services.AddScreenerMessaging();
builder.Services.AddScreenerStorage(builder.Configuration);
builder.Services.AddScreenerStorageMaintenance();
builder.Services.AddMetricsCalculator();
return await builder.Build().RunScreenerAsync();
