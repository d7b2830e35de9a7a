package plot

import (
	"errors"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"

	xfont "golang.org/x/image/font"
)

// glyphsOf calls a function with each glyph of a line of text and how far along the
// line it stands, in units of the font: the glyphs are kerned and not moved to whole
// dots, so that they stand alike in every format and size.
func glyphsOf(face font.Face, letters *sfnt.Buffer, s string, draw func(sfnt.GlyphIndex, fixed.Int26_6)) error {
	var faults []error
	em, along := fixed.Int26_6(face.Face.UnitsPerEm()), fixed.Int26_6(0)
	var before sfnt.GlyphIndex
	for i, r := range []rune(s) {
		index, err := face.Face.GlyphIndex(letters, r)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if i > 0 {
			if kern, err := face.Face.Kern(letters, before, index, em, xfont.HintingNone); err == nil {
				along += kern
			}
		}
		draw(index, along)
		advance, err := face.Face.GlyphAdvance(letters, index, em, xfont.HintingNone)
		if err != nil {
			faults = append(faults, err)
		}
		along, before = along+advance, index
	}
	return errors.Join(faults...)
}

// shapeOf is the shape of a glyph in units of the font, down from the line that the
// text stands on, each in 64 parts.
func shapeOf(face font.Face, letters *sfnt.Buffer, index sfnt.GlyphIndex) (sfnt.Segments, error) {
	return face.Face.LoadGlyph(letters, index, fixed.I(int(face.Face.UnitsPerEm())), nil)
}

// bitmap is a picture whose text is filled as shapes. The letters of an image font
// stand on whole dots, which in small text draws two of them into one.
type bitmap struct {
	*vgimg.Canvas

	letters sfnt.Buffer
	err     error // of the text that could not be drawn
}

// FillString draws a line of text as the shapes of its letters.
func (b *bitmap) FillString(face font.Face, at vg.Point, s string) {
	if face.Font.Size == 0 {
		return
	}
	k := face.Font.Size / vg.Length(face.Face.UnitsPerEm())
	var line vg.Path
	err := glyphsOf(face, &b.letters, s, func(index sfnt.GlyphIndex, along fixed.Int26_6) {
		segments, err := shapeOf(face, &b.letters, index)
		b.err = errors.Join(b.err, err)
		on := func(p fixed.Point26_6) vg.Point {
			return vg.Point{X: at.X + k*(vg.Length(along)+vg.Length(p.X)/64), Y: at.Y - k*vg.Length(p.Y)/64}
		}
		for i, s := range segments {
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				if i > 0 {
					line.Close()
				}
				line.Move(on(s.Args[0]))
			case sfnt.SegmentOpLineTo:
				line.Line(on(s.Args[0]))
			case sfnt.SegmentOpQuadTo:
				line.QuadTo(on(s.Args[0]), on(s.Args[1]))
			case sfnt.SegmentOpCubeTo:
				line.CubeTo(on(s.Args[0]), on(s.Args[1]), on(s.Args[2]))
			}
		}
		if len(segments) > 0 {
			line.Close()
		}
	})
	if b.err = errors.Join(b.err, err); len(line) > 0 {
		b.Fill(line)
	}
}
