package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Charts are the spreadsheet's own, below the table that they draw, so that they follow
// a changed input.

// chart is one of them.
type chart struct {
	kind             chartKind
	title, unit, alt string
	series           []series
}

type chartKind int

const (
	lineChart chartKind = iota
	columnChart
)

// series is addresses: of its name, of what the axis says, and of the values.
type series struct{ name, categories, values string }

// colours are told apart by lightness too.
var colours = []string{"12436D", "801650", "28A197", "F46A25", "3D3D3D", "A285D1"}

// dashes tell lines apart without colour.
var dashes = []excelize.LineDashType{excelize.LineDashSolid, excelize.LineDashSysDash, excelize.LineDashSysDot, excelize.LineDashDash, excelize.LineDashLgDash}

// charts draws the charts of a sheet, one below the other.
func (w *writer) charts(s *sheet) error {
	row := s.first() + len(s.rows) + 2
	for _, c := range s.draw {
		at, err := excelize.CoordinatesToCellName(1, row)
		if err != nil {
			return err
		}
		if err := w.f.AddChart(s.name, at, c.drawn()); err != nil {
			return err
		}
		row += 25
	}
	return nil
}

// drawn is the chart as the library of spreadsheets takes it.
func (c chart) drawn() *excelize.Chart {
	dark := excelize.Font{Color: "000000", Size: 9}
	out := &excelize.Chart{
		Type: excelize.Line, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.title, Font: &excelize.Font{Color: "000000", Size: 12, Bold: true}}}},
		Legend: excelize.ChartLegend{Position: "bottom", Font: &dark}, Dimension: excelize.ChartDimension{Width: 1080, Height: 400},
		Format: excelize.GraphicOptions{AltText: c.alt}, ShowBlanksAs: "gap",
		XAxis: excelize.ChartAxis{Font: dark, TickLabelPosition: excelize.ChartTickLabelLow},
		YAxis: excelize.ChartAxis{Font: dark, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: fmt.Sprintf(`"%s"#,##0;"-%s"#,##0`, c.unit, c.unit)}},
	}
	if c.kind == columnChart {
		out.Type = excelize.Col
	}
	for i, one := range c.series {
		drawn := excelize.ChartSeries{Name: one.name, Categories: one.categories, Values: one.values}
		colour := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colours[i%len(colours)]}}
		if c.kind == lineChart {
			drawn.Line = excelize.LineOptions{Type: excelize.LineSolid, Width: 2, Dash: dashes[i%len(dashes)], Fill: colour}
			drawn.Marker = excelize.ChartMarker{Symbol: "none"}
		}
		drawn.Fill = colour
		out.Series = append(out.Series, drawn)
	}
	return out
}
