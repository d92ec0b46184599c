using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Hub;

/// <summary>The files of a model that lies in a folder, chosen as they would be on a hub. Opens none.</summary>
public static class ModelFiles
{
    /// <summary>What to take from a folder, or the one GGUF file itself.</summary>
    /// <exception cref="HubException">Nothing there can be read.</exception>
    public static (HubFormat Format, IReadOnlyList<string> Paths) At(string path)
    {
        if (File.Exists(path))
        {
            string[] set = [.. GgufParts.Set(Path.GetFileName(path)).Select(name => Path.Combine(Path.GetDirectoryName(path) ?? "", name)).Where(File.Exists)];
            return (Choose(Path.GetFileName(path), set).Format, set);
        }
        if (!Directory.Exists(path)) throw new HubException(HubFault.NotFound, $"There is no file or folder '{path}' on this machine.");
        (HubFormat format, IReadOnlyList<HubFile> files) = Choose(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), Directory.GetFiles(path));
        return (format, [.. files.Select(file => Path.Combine(path, file.Name))]);
    }

    /// <summary>What a model in this folder is opened by: the folder, or its one GGUF file, or the first of one set.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public static string Opened(string folder)
    {
        if (Directory.EnumerateFiles(folder, "*.safetensors").Any()) return folder;
        string[] files = [.. Directory.GetFiles(folder, "*.gguf").Where(path => !GgufParts.IsPart(Path.GetFileName(path)) || GgufParts.IsFirst(Path.GetFileName(path)))];
        return files is [string only] ? only : throw new ModelException("there is no model in what was brought: neither safetensors nor one GGUF file");
    }

    private static (HubFormat Format, IReadOnlyList<HubFile> Files) Choose(string subject, string[] paths)
    {
        (HubFormat format, IReadOnlyList<HubFile> files, _) = ChooseFiles.From($"'{subject}'", [.. paths.Select(path => new HubFile(Path.GetFileName(path), new FileInfo(path).Length, null, null))], null);
        return (format, files);
    }
}
