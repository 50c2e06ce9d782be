using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Data;

/// <summary>
/// The keys that encrypt the secrets of authenticator apps, as Data Protection wants to have them: it saves synchronously, in scopes of its own, which our
/// contexts do not allow. The table is one of <see cref="IdentityDbContext"/>, with whose migrations it is made.
/// </summary>
internal sealed class DataProtectionKeysDbContext(DbContextOptions<DataProtectionKeysDbContext> options)
    : DbContext(options),
        IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<DataProtectionKey>(key =>
        {
            key.ToTable("data_protection_keys", IdentityDbContext.Schema);
            key.Property(row => row.Id).HasColumnName("id");
            key.Property(row => row.FriendlyName).HasColumnName("friendly_name");
            key.Property(row => row.Xml).HasColumnName("xml");
        });
}
