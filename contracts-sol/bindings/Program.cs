using OpenLedger.Bindings;

if (args is not [string artifacts, string target])
{
    Console.Error.WriteLine("usage: OpenLedger.Bindings <forge's out folder> <folder of the *.g.cs files>");
    return 2;
}

foreach (string contract in BindingSet.Contracts)
{
    string path = Path.Combine(target, contract + ".g.cs");
    await File.WriteAllTextAsync(path, BindingSet.Generate(artifacts, contract));
    Console.WriteLine(path);
}

return 0;
