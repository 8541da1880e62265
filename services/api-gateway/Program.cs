using CryptoScreener.ApiGateway;
using CryptoScreener.Hosting;
using CryptoScreener.Messaging;
using CryptoScreener.Storage;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddScreenerDefaults("api-gateway");
builder.Services.AddScreenerMessaging();
builder.Services.AddScreenerStorage(builder.Configuration);
builder.Services.AddApiGateway();
return await builder.Build().MapApiGateway().RunScreenerAsync();
