using Microsoft.EntityFrameworkCore;

namespace Lending.Platform.Persistence;

/// <summary>The tables that the platform itself has for all modules: schema <c>platform</c>.</summary>
internal sealed class PlatformDbContext(DbContextOptions<PlatformDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = "platform";
}
