using Lending.NewModule.NewEntities;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.NewModule.Data;

internal sealed class NewModuleDbContext(DbContextOptions<NewModuleDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = "newmodule";

    public DbSet<NewEntity> NewEntities => Set<NewEntity>();
}
