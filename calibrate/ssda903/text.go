package ssda903

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// plain is the text of a file: UTF-16 of either order, with a mark or without, becomes
// UTF-8, and a mark at the start is taken away.
func plain(data []byte) string {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), len(data) > 3 && data[1] == 0 && data[3] == 0:
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}), len(data) > 3 && data[0] == 0 && data[2] == 0:
		order = binary.BigEndian
	default:
		return string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
}

// cells divides a line at its commas. No field of a return holds the end of a line, so a
// quotation mark that is not closed ends with the line and spoils no other row.
func cells(line string, into []string) []string {
	into = into[:0]
	for {
		if field, rest, ok := quoted(line); ok {
			into = append(into, field)
			if rest == "" {
				return into
			}
			line = rest[1:]
			continue
		}
		field, rest, more := strings.Cut(line, ",")
		into = append(into, strings.TrimSpace(field))
		if !more {
			return into
		}
		line = rest
	}
}

// quoted takes a field in quotation marks off the front of a line. What is left is empty
// or begins with a comma.
func quoted(line string) (field, rest string, ok bool) {
	if !strings.HasPrefix(line, `"`) {
		return "", "", false
	}
	for i := 1; i < len(line); i++ {
		if line[i] != '"' {
			continue
		}
		if i+1 < len(line) && line[i+1] == '"' {
			i++
			continue
		}
		if rest := line[i+1:]; rest == "" || rest[0] == ',' {
			return strings.TrimSpace(strings.ReplaceAll(line[1:i], `""`, `"`)), rest, true
		}
		return "", "", false
	}
	return "", "", false
}
