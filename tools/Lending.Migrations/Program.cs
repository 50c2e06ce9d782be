using Lending.Host;
using Lending.Platform;
using Lending.Platform.Encryption;
using Microsoft.AspNetCore.Builder;

// What dotnet-ef starts: it takes the modules' contexts from the services that are built here, and goes no further. A new migration, from
// the repository's root:
// dotnet ef migrations add NAME --project src/Modules/Identity/Lending.Identity --startup-project tools/Lending.Migrations
//     --context IdentityDbContext --output-dir Data/Migrations
var builder = WebApplication.CreateSlimBuilder(args);

// There is no server, and none is asked.
builder.Configuration[$"ConnectionStrings:{LendingPlatform.ConnectionStringName}"] = "Host=localhost";
builder.Configuration["Encryption:Keys:none"] = EncryptionOptions.NewKey();
builder.Configuration["Encryption:SearchKey"] = EncryptionOptions.NewKey();
builder.AddLendingPlatform(LendingHost.Modules);
builder.Build();
