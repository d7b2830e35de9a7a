package plot

import (
	"slices"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

// inCurrency puts the sign of a programme's currency into the texts of a figure, which
// are made with the pound sign in its place: see words.In. What stands inside the
// panels follows when it is drawn. In pounds sterling the figure stays as it is.
func inCurrency(f *Figure, p *model.Programme) *Figure {
	if p.Currency == "" {
		return f
	}
	f.currency = p.Currency
	in := func(texts ...*string) {
		for _, text := range texts {
			*text = words.In(p.Currency, *text)
		}
	}
	in(&f.Title, &f.Subtitle, &f.Note, &f.Summary)
	f.Key, f.Columns = slices.Clone(f.Key), slices.Clone(f.Columns)
	for i := range f.Key {
		in(&f.Key[i].Label)
	}
	for i := range f.Columns {
		in(&f.Columns[i])
	}
	for i := range f.tips {
		in(&f.tips[i].text)
	}
	for i := range f.Panels {
		in(&f.Panels[i].Name)
		axes := f.Panels[i].Plot
		axes.TextHandler = lettersOf(p.Currency)
		for _, style := range []*text.Style{&axes.Title.TextStyle, &axes.X.Tick.Label, &axes.Y.Tick.Label, &axes.X.Label.TextStyle, &axes.Y.Label.TextStyle} {
			if b, ok := style.Handler.(someBold); ok {
				style.Handler = someBold{lettersOf(p.Currency), b.headings}
				continue
			}
			style.Handler = lettersOf(p.Currency)
		}
	}
	for _, row := range f.Rows {
		for i, cell := range row {
			if said, ok := cell.(string); ok {
				row[i] = words.In(p.Currency, said)
			}
		}
	}
	return f
}

// ofCurrency is a canvas on which every pound sign is drawn as the sign of a currency.
type ofCurrency struct {
	vg.CanvasSizer
	code string
}

// lettersOf is the typeface with the sign of a currency in the place of the pound
// sign, also where a text is measured.
func lettersOf(code string) text.Handler {
	l := typeface().(letters)
	l.currency = code
	return l
}
