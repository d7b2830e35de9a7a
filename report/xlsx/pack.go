package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"regexp"
	"slices"
)

// contentTypes is the part of the file that says what the others are. It comes first, as
// some programs want it.
const contentTypes = "[Content_Types].xml"

// pack writes a file again with its parts in order, so that one workbook has the same
// bytes each time: the library of spreadsheets writes them in any.
func pack(to io.Writer, file []byte) error {
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return err
	}
	rank := func(name string) int {
		if name == contentTypes {
			return 0
		}
		return 1
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int {
		return cmp.Or(cmp.Compare(rank(a.Name), rank(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	out := zip.NewWriter(to)
	for _, part := range in.File {
		if err := packPart(out, part); err != nil {
			return err
		}
	}
	return out.Close()
}

// packPart writes one part.
func packPart(out *zip.Writer, part *zip.File) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	text, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	if part.Name == contentTypes {
		text = inOneOrder(text)
	}
	into, err := out.Create(part.Name)
	if err != nil {
		return err
	}
	_, err = into.Write(text)
	return err
}

var byExtension = regexp.MustCompile(`<Default [^>]*?(/>|></Default>)`)

// inOneOrder sorts what is said of extensions.
func inOneOrder(text []byte) []byte {
	all := byExtension.FindAll(text, -1)
	slices.SortFunc(all, bytes.Compare)
	next := 0
	return byExtension.ReplaceAllFunc(text, func([]byte) []byte {
		next++
		return all[next-1]
	})
}
