package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// gridSide is a driver of a grid as a person writes it, with values if they are given:
// "referrals" or "cost of delivery=0.9/1/1.1".
type gridSide struct {
	driver string
	values []float64 // nil for the usual ones
}

// twoDrivers are the columns and the rows of a grid.
type twoDrivers [2]gridSide

// UnmarshalText reads two drivers with a comma between them.
func (g *twoDrivers) UnmarshalText(text []byte) error {
	sides := strings.Split(string(text), ",")
	if len(sides) != 2 {
		return fmt.Errorf("%q is not two drivers: write those of the columns and the rows with a comma between them, as in \"referrals,cost of delivery=0.9/1/1.1\"", text)
	}
	for i, side := range sides {
		name, values, given := strings.Cut(side, "=")
		g[i] = gridSide{driver: strings.TrimSpace(name)}
		if !given {
			continue
		}
		for _, value := range strings.Split(values, "/") {
			x, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !plainNumber.MatchString(strings.TrimSpace(value)) {
				return fmt.Errorf("%q is not a value of %q: write plain numbers in the driver's unit with strokes between them, as in 0.9/1/1.1", value, g[i].driver)
			}
			g[i].values = append(g[i].values, x)
		}
	}
	return nil
}

// grid runs the case at every pair of values of two drivers.
func (c *stressCommand) grid(to *streams, v *scenario.Version, o sensitivity.Options) error {
	drivers := sensitivity.Drivers(v.Document())
	var two [2]sensitivity.Driver
	for i, side := range c.Grid {
		at := slices.IndexFunc(drivers, func(d sensitivity.Driver) bool { return d.Name == side.driver })
		if at < 0 {
			unknown := &scenario.NameError{What: "driver", Name: side.driver}
			for _, d := range drivers {
				unknown.Valid = append(unknown.Valid, d.Name)
			}
			return fmt.Errorf("--grid: %w", unknown)
		}
		two[i] = drivers[at]
	}
	var file *outFile
	format := plot.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(c.HeatMap)), "."))
	if c.HeatMap != "" {
		if !slices.Contains([]plot.Format{plot.SVG, plot.PNG, plot.PDF}, format) {
			return misused("--heat-map %s does not say how it is to be drawn: let it end in .svg, .png or .pdf", c.HeatMap)
		}
		var err error
		if file, err = to.files.create(c.HeatMap); err != nil {
			return err
		}
	}
	g, err := sensitivity.Grid(to.ctx, v, two[0], two[1], c.Grid[0].values, c.Grid[1].values, o)
	if err != nil {
		return helpWithDelivery(err)
	}
	if err := drawGrid(to, g, c.order(), format, file); err != nil {
		return err
	}
	return c.write(to, g, report.StressGrid(g, c.order())...)
}

// drawGrid draws the heat map, if there is a file for it.
func drawGrid(to *streams, g *sensitivity.Gridded, by sensitivity.Order, format plot.Format, file *outFile) error {
	if file == nil {
		return nil
	}
	figure, err := plot.StressGrid(g, by)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := figure.Write(&b, format); err != nil {
		return err
	}
	return save(to, file, b.Bytes(), false)
}
