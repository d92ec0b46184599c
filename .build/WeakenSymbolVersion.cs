using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Copies an ELF64 little-endian library with VER_FLG_WEAK on one needed symbol version. Knows nothing of Torch.</summary>
public class WeakenSymbolVersion : Task
{
    private const uint VerneedSection = 0x6ffffffe;   // SHT_GNU_verneed
    private const int WeakFlag = 2;                   // VER_FLG_WEAK

    public ITaskItem From { get; set; }

    public string To { get; set; }

    public string Version { get; set; }

    public override bool Execute()
    {
        byte[] elf = File.ReadAllBytes(From.GetMetadata("FullPath"));
        Patch(elf);
        Directory.CreateDirectory(Path.GetDirectoryName(To));
        File.WriteAllBytes(To, elf);
        Log.LogMessage(MessageImportance.Normal, "weakened " + Version + " in " + To);
        return true;
    }

    private void Patch(byte[] elf)
    {
        long sections = BitConverter.ToInt64(elf, 0x28);
        int size = BitConverter.ToUInt16(elf, 0x3A), count = BitConverter.ToUInt16(elf, 0x3C);
        for (int i = 0; i < count; i++)
        {
            int header = (int)(sections + (long)i * size);
            if (BitConverter.ToUInt32(elf, header + 4) != VerneedSection) continue;
            int strings = (int)(sections + (long)BitConverter.ToInt32(elf, header + 40) * size);
            PatchNeeds(elf, (int)BitConverter.ToInt64(elf, header + 24), (int)BitConverter.ToInt64(elf, strings + 24));
        }
    }

    private void PatchNeeds(byte[] elf, int need, int names)
    {
        while (true)
        {
            int aux = need + BitConverter.ToInt32(elf, need + 8), entries = BitConverter.ToUInt16(elf, need + 2);
            for (int i = 0; i < entries; i++)
            {
                if (NameAt(elf, names + BitConverter.ToInt32(elf, aux + 8)) == Version)
                    elf[aux + 4] = WeakFlag;
                aux += BitConverter.ToInt32(elf, aux + 12);
            }
            int next = BitConverter.ToInt32(elf, need + 12);
            if (next == 0) return;
            need += next;
        }
    }

    private static string NameAt(byte[] elf, int offset)
    {
        int end = Array.IndexOf(elf, (byte)0, offset);
        return Encoding.ASCII.GetString(elf, offset, end - offset);
    }
}
