// Package notebooks shows tables and figures in a Go notebook: under a cell of GoNB
// (https://github.com/janpfeifer/gonb), which shows nothing by itself but what a cell
// prints. The library does not depend on GoNB; only this module does.
//
//	notebooks.Show(report.FirstScreen(ctx, compared))
//	notebooks.Show(plot.Waterfall(medium))
//
// Outside a notebook the same lines print the tables as text, and describe the figures.
package notebooks

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
)

// Show shows each value in turn: a [report.Table] or several, and a [plot.Figure], whole
// and with a text for readers who cannot see it. It takes what a function returns as it
// is: an error that is nil is passed over, and any other is printed and fails the cell.
func Show(values ...any) {
	if err := show(values); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

// Must returns a value, or prints the error and fails the cell.
func Must[T any](value T, err error) T {
	if err != nil {
		Show(err)
	}
	return value
}

func show(values []any) error {
	for _, value := range values { // an error first: what stands beside it is no result
		if err, is := value.(error); is {
			return err
		}
	}
	for _, value := range values {
		shown, err := written(value)
		if err != nil {
			return err
		}
		plain, _ := shown.Data[protocol.MIMETextPlain].(string)
		if plain == "" {
			continue
		}
		if !gonbui.IsNotebook {
			fmt.Println(plain)
			continue
		}
		gonbui.SendData(shown)
		if err := gonbui.Error(); err != nil {
			return fmt.Errorf("GoNB does not take what is to be shown: %w", err)
		}
	}
	return nil
}

// written is a value as a notebook shows it, and as text.
func written(value any) (*protocol.DisplayData, error) {
	switch v := value.(type) {
	case nil: // an error that a function did not return
		return &protocol.DisplayData{}, nil
	case *plot.Figure:
		content, width, err := picture(v)
		return &protocol.DisplayData{
			Data:     map[protocol.MIMEType]any{protocol.MIMEImagePNG: content, protocol.MIMETextPlain: v.Alt()},
			Metadata: map[string]any{string(protocol.MIMEImagePNG): map[string]int{"width": width}},
		}, err
	case report.Table:
		return written([]report.Table{v})
	case []report.Table:
		var b bytes.Buffer
		if err := report.Write(&b, report.Terminal, report.Options{Width: 100}, v...); err != nil {
			return nil, err
		}
		page, err := inHTML(v)
		text := strings.TrimRight(b.String(), "\n")
		return &protocol.DisplayData{Data: map[protocol.MIMEType]any{protocol.MIMETextHTML: page, protocol.MIMETextPlain: text}}, err
	}
	return nil, fmt.Errorf("a notebook shows report.Table, []report.Table and *plot.Figure, not %T: print it with fmt.Println", value)
}
