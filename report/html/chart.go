package html

import (
	"bytes"
	"errors"
	"html/template"
	"math"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/plot"
)

// Chart is a chart of a page.
type Chart struct {
	Part   string // [Members], [Commissioner], [Investor] or [Evaluator]
	Name   string // as edgeofcare plot has it
	Figure *plot.Figure
}

// drawn is a chart as the template writes it.
type drawn struct {
	Name, Title string
	SVG         template.HTML
	Columns     []column
	Rows        [][]string
}

// column is a column of the figures that are drawn.
type column struct {
	Heading string
	Words   bool
}

func figuresOf(charts []Chart) (all []*plot.Figure) {
	for _, c := range charts {
		all = append(all, c.Figure)
	}
	return all
}

// draw draws a chart and writes its figures.
func (c Chart) draw() (drawn, error) {
	if c.Figure == nil {
		return drawn{}, errors.New("the chart " + c.Name + " has no figure: give it one, or leave it out")
	}
	var b bytes.Buffer
	if err := c.Figure.WriteLive(&b); err != nil {
		return drawn{}, err
	}
	d := drawn{Name: c.Name, Title: words.Printable(c.Figure.Title), SVG: template.HTML(b.String())}
	d.Rows = make([][]string, len(c.Figure.Rows))
	for i, heading := range c.Figure.Columns {
		figures, write := numbersIn(c.Figure.Rows, i)
		d.Columns = append(d.Columns, column{words.Printable(heading), !figures})
		for n, row := range c.Figure.Rows {
			text := ""
			if i < len(row) {
				text = cellText(row[i], write)
			}
			d.Rows[n] = append(d.Rows[n], text)
		}
	}
	return d, nil
}

// numbersIn reports whether a column holds numbers, and how they are written: with so
// many decimals that the largest has three figures or more.
func numbersIn(rows [][]any, column int) (figures bool, write func(float64) string) {
	largest, whole := 0.0, true
	for _, row := range rows {
		if column >= len(row) {
			continue
		}
		switch v := row[column].(type) {
		case string:
			if v != "" {
				return false, func(v float64) string { return words.Number(v, 2) }
			}
		case int:
			figures = true
		case plot.Share:
			figures = true
		case float64:
			figures = true
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				largest, whole = max(largest, math.Abs(v)), whole && v == math.Trunc(v)
			}
		}
	}
	decimals := 0
	for at := 100.0; !whole && at > largest && decimals < 4; at /= 10 {
		decimals++
	}
	return figures, func(v float64) string { return words.Number(v, decimals) }
}

// cellText is one figure or word; nothing where there is no figure.
func cellText(cell any, write func(float64) string) string {
	switch v := cell.(type) {
	case string:
		return words.Printable(v)
	case int:
		return words.Number(float64(v), 0)
	case plot.Share:
		return v.String()
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return write(v)
		}
	}
	return ""
}
