namespace Lending.Applications.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class ApplicationsPermission
{
    /// <summary>Read applications and explanations of their decisions.</summary>
    public const string Read = "applications:read";

    /// <summary>Start, fill in, submit and withdraw applications.</summary>
    public const string Write = "applications:write";

    /// <summary>Have an application decided on by policy, or anew.</summary>
    public const string Assess = "applications:assess";

    /// <summary>Claim applications that a person decides, and decide.</summary>
    public const string Review = "applications:review";

    /// <summary>Ask, as a customer, that a person looks at a refusal.</summary>
    public const string RequestReview = "applications:request-review";

    /// <summary>Say whether offers need an approved application.</summary>
    public const string Settings = "applications:settings";

    /// <summary>Make policies, run them over past applications and beside the live one, and let them go live.</summary>
    public const string Policies = "applications:policies";
}
