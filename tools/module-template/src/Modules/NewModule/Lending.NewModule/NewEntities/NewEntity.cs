using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.NewModule.NewEntities;

/// <summary>One of an organisation's new entities.</summary>
internal sealed class NewEntity : ITenantOwned, IListed
{
    public const int MaximumNameLength = 100;

    private NewEntity() { }

    public Guid Id { get; private set; }
    public Guid OrganizationId { get; private set; }

    [NotPersonal]
    public string Name { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }

    public static NewEntity Create(string name, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Name = name,
            CreatedAt = now,
        };
}
