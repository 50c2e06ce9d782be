using Lending.Platform.Audit;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Platform.Broker;

/// <summary>
/// A copy of an event that waits for the broker: written in the transaction of what happened, deleted when the broker has confirmed it. Rows are written and read
/// by <see cref="BrokerMessages"/>.
/// </summary>
[NotAudited("What happened has an entry; that others are told is none of anybody.")]
internal sealed class BrokerMessage : ITenantOwned
{
    public const string Table = "broker_messages";

    /// <summary>The event's id, which is the same for every repetition.</summary>
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; init; }

    /// <summary>Its place in the order; see <see cref="OutboxMessage.Number"/>.</summary>
    public long Number { get; private init; }

    /// <summary>The module that it comes from.</summary>
    [NotPersonal]
    public required string Module { get; init; }

    /// <summary>The event's name: that of its type.</summary>
    [NotPersonal]
    public required string Type { get; init; }

    /// <summary>What it is about.</summary>
    public required Guid AggregateId { get; init; }

    /// <summary>The event as JSON.</summary>
    [NotPersonal]
    public required string Payload { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The request that made it, for who follows traces.</summary>
    [NotPersonal]
    public required string? TraceParent { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<BrokerMessage>
    {
        public void Configure(EntityTypeBuilder<BrokerMessage> builder)
        {
            builder.ToTable(Table);
            builder.Property(message => message.Id).ValueGeneratedNever();
            builder.Property(message => message.Number).UseIdentityByDefaultColumn();
            builder.Property(message => message.Module).HasMaxLength(OutboxMessage.MaximumTypeLength);
            builder.Property(message => message.Type).HasMaxLength(OutboxMessage.MaximumTypeLength);
            builder.Property(message => message.Payload).HasColumnType("json");
            builder.Property(message => message.TraceParent).HasMaxLength(OutboxMessage.TraceParentLength);
            builder.HasIndex(message => message.Number);
        }
    }
}
