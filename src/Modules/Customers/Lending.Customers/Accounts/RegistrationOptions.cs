namespace Lending.Customers.Accounts;

/// <summary>Settings of sign-up; configuration section <c>Registration</c>.</summary>
internal sealed class RegistrationOptions
{
    public const string Section = "Registration";

    /// <summary>Whether customers may sign up by themselves. Left out: in Development alone.</summary>
    public bool? AllowCustomerSelfRegistration { get; set; }
}
