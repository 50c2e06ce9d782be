namespace Lending.Host.Tests.Authorization;

/// <summary>The sorts of people that permissions are given to: the roles, and administrators of the default organisation and API keys apart.</summary>
[Flags]
internal enum People
{
    Customers = 1,
    Installers = 2,
    Underwriters = 4,
    Administrators = 8,
    PlatformAdministrators = 16,

    /// <summary>API keys, live ones.</summary>
    Keys = 32,

    /// <summary>API keys of the default organisation, live ones, whose makers are its administrators.</summary>
    PlatformKeys = 64,
    AllAdministrators = Administrators | PlatformAdministrators,
    Staff = Installers | Underwriters | AllAdministrators,
    Everybody = Customers | Staff,
}
