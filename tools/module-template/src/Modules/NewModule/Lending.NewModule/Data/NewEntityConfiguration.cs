using Lending.NewModule.NewEntities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.NewModule.Data;

internal sealed class NewEntityConfiguration : IEntityTypeConfiguration<NewEntity>
{
    public void Configure(EntityTypeBuilder<NewEntity> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("ck_new_entities_name", "name <> ''"));
        builder.Property(newEntity => newEntity.Id).ValueGeneratedNever();
        builder.Property(newEntity => newEntity.Name).HasMaxLength(NewEntity.MaximumNameLength);
        builder.HasIndex(newEntity => new
        {
            newEntity.OrganizationId,
            newEntity.CreatedAt,
            newEntity.Id,
        });
    }
}
