namespace Lending.Host.Tests.Authorization;

/// <summary>One endpoint: the permission that it needs, a request that is right in itself, and the answer to whoever may send it.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Route">As the host maps it. Its <c>{id}</c> is the target's, or belongs to the target's organisation.</param>
/// <param name="Needs">The permission; null for what needs no login.</param>
/// <param name="Answers">The status for those who have the permission and may see the target.</param>
internal sealed record MatrixRow(string Method, string Route, string? Needs, int Answers)
{
    private readonly Dictionary<Persona, int> exceptions = [];

    /// <summary>The body that is sent, if any.</summary>
    public Func<Target, object?> Body { get; init; } = _ => null;

    /// <summary>Whether the request, where it is let in, changes what other rows rest on, so that it has a cast of its own.</summary>
    public bool HarmsPersona { get; init; }

    /// <summary>Whether everybody gets in, and the slice itself asks for the permission; the row says why.</summary>
    public bool IsAskedBySlice { get; init; }

    /// <summary>The first part of the route, which tells whose id stands in it.</summary>
    public string Resource => Route.Split('/')[1];

    /// <summary>Method and route.</summary>
    public string Endpoint => $"{Method} {Route}";

    /// <summary>The same row, in which this persona gets another status than follows from the rules; the row says why.</summary>
    public MatrixRow Except(Persona persona, int status)
    {
        exceptions.Add(persona, status);
        return this;
    }

    /// <summary>The path of a request for this target.</summary>
    public string PathFor(Target target)
    {
        var id = Resource switch
        {
            "api-keys" => target.ApiKeyId,
            "customers" => target.CustomerId,
            "documents" => target.DocumentId,
            "document-requests" => target.DocumentRequestId,
            "loan-offers" => target.OfferId,
            "loan-products" => target.ProductId,
            "organizations" => target.OrganizationId,
            "permission-groups" => target.PermissionGroupId,
            "terms" => target.TermsId,
            "users" => target.UserId,
            "webhooks" => target.WebhookId,
            _ => Guid.Empty,
        };
        return Route
            .Replace("{id}", id.ToString(), StringComparison.Ordinal)
            .Replace("{consentId}", Guid.Empty.ToString(), StringComparison.Ordinal)
            .Replace("{deliveryId}", Guid.Empty.ToString(), StringComparison.Ordinal)
            .Replace("{changeId}", Guid.Empty.ToString(), StringComparison.Ordinal)
            .Replace("{number}", "1", StringComparison.Ordinal)
            .Replace("{kind}", "OFFER_APPROVED", StringComparison.Ordinal);
    }

    /// <summary>What follows from the row, for this persona.</summary>
    public int StatusFor(Persona persona)
    {
        // Whatever is asked for, also what needs no login.
        if (persona >= Persona.SuspendedCustomer)
        {
            return 403;
        }
        if (exceptions.TryGetValue(persona, out var status))
        {
            return status;
        }
        if (Needs is null)
        {
            return Answers;
        }
        if (persona == Persona.Anonymous)
        {
            return 401;
        }
        if (persona == Persona.KeyWithoutScope || !AuthorizationMatrix.Permissions[Needs].HasFlag(SortOf(persona)))
        {
            return 403;
        }
        return Route.Contains("{id}", StringComparison.Ordinal) && !SeesTarget(persona) ? 404 : Answers;
    }

    /// <summary>The sort of people that a persona with a login is of.</summary>
    public static People SortOf(Persona persona) =>
        persona switch
        {
            Persona.OwnCustomer or Persona.OtherCustomer => People.Customers,
            Persona.OwnInstaller or Persona.OtherInstaller => People.Installers,
            Persona.OwnUnderwriter => People.Underwriters,
            Persona.OrganizationAdministrator => People.Administrators,
            Persona.PlatformAdministrator => People.PlatformAdministrators,
            Persona.OwnKey or Persona.OtherKey => People.Keys,
            _ => throw new ArgumentOutOfRangeException(nameof(persona), persona, "Nobody is logged in."),
        };

    // Staff see what belongs to their organisation, customers what is theirs.
    private static bool SeesTarget(Persona persona) =>
        persona
            is Persona.OwnCustomer
                or Persona.OwnInstaller
                or Persona.OwnUnderwriter
                or Persona.OrganizationAdministrator
                or Persona.OwnKey;
}
