using Lending.SupplyChain;
using NuGet.Configuration;

// lending-supply-chain licences            whether all packages have a licence that is allowed
// lending-supply-chain advisories FILE …   whether one of these OSV files warns of a package
// Looks at the checkout of the working directory. Ends with 1, and says why, where something is wrong.
var root = Directory.GetCurrentDirectory();
var packages = LockedPackages.In(root);
if (packages.Count == 0)
{
    Console.Error.WriteLine($"There is no {LockedPackages.LockFile} below {root}.");
    return 1;
}

List<string>? complaints = args switch
{
    ["licences"] => Licences.Check(packages, SettingsUtility.GetGlobalPackagesFolder(Settings.LoadDefaultSettings(root))),
    ["advisories", .. { Length: > 0 } files] => Advisories.Check(packages, files),
    _ => ["Usage: licences, or: advisories FILE …"],
};
foreach (var complaint in complaints)
{
    Console.Error.WriteLine(complaint);
}
Console.WriteLine($"{args.FirstOrDefault()}: {packages.Count} packages, {complaints.Count} complaints");
return complaints.Count == 0 ? 0 : 1;
