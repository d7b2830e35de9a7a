package plot

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/image/font/sfnt"
)

// subset returns a TrueType font with the letters of some runes alone, in the
// outlines and widths of a font, without its hints and kerning. Composed letters
// keep their parts. The same runes give the same bytes.
func subset(ttf []byte, runes []rune) ([]byte, error) {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, err
	}
	in, err := tablesOf(ttf)
	if err != nil {
		return nil, err
	}
	runes = slices.Compact(slices.Sorted(slices.Values(runes)))
	s := &subsetting{in: in, number: map[uint16]uint16{}}
	s.glyph(0) // what is shown for a letter that is missing
	var buffer sfnt.Buffer
	glyphs := map[rune]uint16{}
	for _, r := range runes {
		index, err := parsed.GlyphIndex(&buffer, r)
		if err != nil {
			return nil, err
		}
		if index != 0 && r <= 0xFFFF {
			glyphs[r] = s.glyph(uint16(index))
		}
	}
	out, err := s.tables(glyphs)
	if err != nil {
		return nil, err
	}
	return assembled(out), nil
}

// tablesOf are the tables of a font by name.
func tablesOf(ttf []byte) (map[string][]byte, error) {
	all := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(ttf[4:])) {
		entry := ttf[12+16*i:]
		from, length := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		all[string(entry[:4])] = ttf[from : from+length]
	}
	for _, name := range []string{"head", "hhea", "maxp", "hmtx", "loca", "glyf", "OS/2"} {
		if len(all[name]) == 0 {
			return nil, fmt.Errorf("the font has no table %q", name)
		}
	}
	return all, nil
}

// subsetting numbers the glyphs that are kept anew, in the order in which they are
// asked for.
type subsetting struct {
	in     map[string][]byte
	kept   []uint16 // old numbers
	number map[uint16]uint16
}

func (s *subsetting) glyph(old uint16) uint16 {
	if n, ok := s.number[old]; ok {
		return n
	}
	n := uint16(len(s.kept))
	s.number[old], s.kept = n, append(s.kept, old)
	return n
}

// outline is the data of a glyph in the font.
func (s *subsetting) outline(old uint16) []byte {
	loca, i := s.in["loca"], int(old)
	if binary.BigEndian.Uint16(s.in["head"][50:]) == 0 {
		return s.in["glyf"][2*int(binary.BigEndian.Uint16(loca[2*i:])) : 2*int(binary.BigEndian.Uint16(loca[2*i+2:]))]
	}
	return s.in["glyf"][binary.BigEndian.Uint32(loca[4*i:]):binary.BigEndian.Uint32(loca[4*i+4:])]
}

// unhinted is a glyph without its instructions, with the new numbers of its parts.
func (s *subsetting) unhinted(glyph []byte) ([]byte, error) {
	if len(glyph) == 0 {
		return nil, nil
	}
	if contours := int16(binary.BigEndian.Uint16(glyph)); contours >= 0 {
		at := 10 + 2*int(contours)
		skip := int(binary.BigEndian.Uint16(glyph[at:]))
		return slices.Concat(glyph[:at], []byte{0, 0}, glyph[at+2+skip:]), nil
	}
	const (
		wordArguments = 1 << iota
		_
		_
		oneScale
		_
		more
		twoScales
		matrix
		instructions
	)
	out := slices.Clone(glyph)
	for at := 10; ; {
		if at+4 > len(out) {
			return nil, errors.New("a composed letter of the font ends too soon")
		}
		flags := binary.BigEndian.Uint16(out[at:])
		binary.BigEndian.PutUint16(out[at:], flags&^instructions)
		binary.BigEndian.PutUint16(out[at+2:], s.glyph(binary.BigEndian.Uint16(out[at+2:])))
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			return out[:at], nil
		}
	}
}

// tables are those of the subset.
func (s *subsetting) tables(glyphs map[rune]uint16) (map[string][]byte, error) {
	var glyf, loca, hmtx []byte
	for i := 0; i < len(s.kept); i++ { // parts of composed letters are added on the way
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		data, err := s.unhinted(s.outline(s.kept[i]))
		if err != nil {
			return nil, err
		}
		glyf = append(glyf, data...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = append(hmtx, s.metrics(s.kept[i])...)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	count := uint16(len(s.kept))
	head, hhea, maxp := slices.Clone(s.in["head"]), slices.Clone(s.in["hhea"]), slices.Clone(s.in["maxp"])
	binary.BigEndian.PutUint32(head[8:], 0)  // the checksum, written last
	binary.BigEndian.PutUint16(head[50:], 1) // offsets of 32 bits
	binary.BigEndian.PutUint16(hhea[34:], count)
	binary.BigEndian.PutUint16(maxp[4:], count)
	binary.BigEndian.PutUint16(maxp[26:], 0) // no instructions
	post := make([]byte, 32)
	binary.BigEndian.PutUint32(post, 0x00030000) // letters have no names
	return map[string][]byte{
		"OS/2": s.in["OS/2"], "cmap": cmapOf(glyphs), "glyf": glyf, "head": head, "hhea": hhea,
		"hmtx": hmtx, "loca": loca, "maxp": maxp, "name": nameTable(), "post": post,
	}, nil
}

// metrics are the width and left bearing of a glyph. The last width of the font
// holds for all glyphs after it.
func (s *subsetting) metrics(old uint16) []byte {
	hmtx, full := s.in["hmtx"], int(binary.BigEndian.Uint16(s.in["hhea"][34:]))
	if int(old) < full {
		return hmtx[4*int(old) : 4*int(old)+4]
	}
	return slices.Concat(hmtx[4*full-4:4*full-2], hmtx[4*full+2*(int(old)-full):][:2])
}

// cmapOf maps runes to glyphs: format 4, with a segment for each rune.
func cmapOf(glyphs map[rune]uint16) []byte {
	runes := slices.Sorted(maps.Keys(glyphs))
	segments := len(runes) + 1
	var ends, starts, deltas, offsets []byte
	for _, r := range runes {
		ends = binary.BigEndian.AppendUint16(ends, uint16(r))
		starts = binary.BigEndian.AppendUint16(starts, uint16(r))
		deltas = binary.BigEndian.AppendUint16(deltas, glyphs[r]-uint16(r))
		offsets = append(offsets, 0, 0)
	}
	ends, starts = append(ends, 0xFF, 0xFF), append(starts, 0xFF, 0xFF)
	deltas, offsets = append(deltas, 0, 1), append(offsets, 0, 0)
	power, shift := 1, 0
	for 2*power <= segments {
		power, shift = 2*power, shift+1
	}
	table := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12} // one table: Windows, Unicode
	for _, v := range []int{4, 16 + 8*segments, 0, 2 * segments, 2 * power, shift, 2 * (segments - power)} {
		table = binary.BigEndian.AppendUint16(table, uint16(v))
	}
	return slices.Concat(table, ends, []byte{0, 0}, starts, deltas, offsets)
}

// nameTable names the font, under a name of its own as the licence of Liberation
// asks, with its copyright and licence.
func nameTable() []byte {
	texts := []struct {
		id   uint16
		text string
	}{
		{0, "Digitized data copyright (c) 2010 Google Corporation. Copyright (c) 2012 Red Hat, Inc."},
		{1, liveFamily},
		{2, "Regular"},
		{4, liveFamily},
		{6, "EdgeOfCareSans"},
		{13, "Licensed under the SIL Open Font License, Version 1.1"},
	}
	table := []byte{0, 0}
	table = binary.BigEndian.AppendUint16(table, uint16(len(texts)))
	table = binary.BigEndian.AppendUint16(table, uint16(6+12*len(texts)))
	var letters []byte
	for _, one := range texts {
		from := len(letters)
		for _, r := range one.text {
			letters = binary.BigEndian.AppendUint16(letters, uint16(r))
		}
		for _, v := range []int{3, 1, 0x0409, int(one.id), len(letters) - from, from} {
			table = binary.BigEndian.AppendUint16(table, uint16(v))
		}
	}
	return append(table, letters...)
}

// assembled is a font file of tables, with checksums.
func assembled(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	power, shift := 1, 0
	for 2*power <= len(names) {
		power, shift = 2*power, shift+1
	}
	file := []byte{0, 1, 0, 0}
	for _, v := range []int{len(names), 16 * power, shift, 16 * (len(names) - power)} {
		file = binary.BigEndian.AppendUint16(file, uint16(v))
	}
	var body []byte
	head := 0
	for _, name := range names {
		from := 12 + 16*len(names) + len(body)
		if name == "head" {
			head = from
		}
		file = append(file, name...)
		for _, v := range []uint32{checksum(tables[name]), uint32(from), uint32(len(tables[name]))} {
			file = binary.BigEndian.AppendUint32(file, v)
		}
		body = append(body, tables[name]...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	file = append(file, body...)
	binary.BigEndian.PutUint32(file[head+8:], 0xB1B0AFBA-checksum(file))
	return file
}

// checksum adds up the words of a table.
func checksum(table []byte) (sum uint32) {
	for at := 0; at < len(table); at += 4 {
		var word [4]byte
		copy(word[:], table[at:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
