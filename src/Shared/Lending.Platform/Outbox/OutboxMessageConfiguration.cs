using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Platform.Outbox;

/// <summary>The table of outgoing events, one in each module's schema that has some.</summary>
internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable(OutboxMessage.Table, table => table.HasCheckConstraint("ck_outbox_messages_attempts", "attempts >= 0"));
        builder.Property(message => message.Id).ValueGeneratedNever();
        builder.Property(message => message.Number).UseIdentityByDefaultColumn();
        builder.Property(message => message.Type).HasMaxLength(OutboxMessage.MaximumTypeLength);
        builder.Property(message => message.Payload).HasColumnType("json");
        builder.Property(message => message.LastError).HasMaxLength(OutboxMessage.MaximumErrorLength);
        builder.Property(message => message.TraceParent).HasMaxLength(OutboxMessage.TraceParentLength);
        // The index holds only events that wait, so it stays small however many were delivered. It begins with the type, because each instance looks for
        // its own types only.
        builder.HasIndex(message => new { message.Type, message.NextAttemptAt }).HasFilter(OutboxSql.IsWaiting);
        // Whether an earlier event of the aggregate is in the way.
        builder.HasIndex(message => new { message.AggregateId, message.Number }).HasFilter("delivered_at IS NULL");
        builder.HasIndex(message => message.DiedAt).HasFilter("died_at IS NOT NULL");
    }
}
