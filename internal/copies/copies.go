// Package copies copies plain data, so that whoever changes one copy does not
// change another.
package copies

import "reflect"

// Deep returns a value that shares no slice, map or pointer with another that can
// be reached through exported fields. What a struct hides is copied as an
// assignment would copy it.
func Deep[T any](value T) T {
	return deep(reflect.ValueOf(&value).Elem()).Interface().(T)
}

func deep(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			inner := deep(v.Elem())
			if v.Kind() == reflect.Pointer {
				out.Set(reflect.New(v.Type().Elem()))
				out.Elem().Set(inner)
			} else {
				out.Set(inner)
			}
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			reflect.Copy(out, v)
			deepEach(out)
		}
	case reflect.Array:
		deepEach(out)
	case reflect.Map:
		if !v.IsNil() {
			out.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
			for each := v.MapRange(); each.Next(); {
				out.SetMapIndex(each.Key(), deep(each.Value()))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && shares(v.Type().Field(i).Type) {
				out.Field(i).Set(deep(v.Field(i)))
			}
		}
	}
	return out
}

// deepEach copies what the elements of a slice or an array share.
func deepEach(v reflect.Value) {
	if !shares(v.Type().Elem()) {
		return
	}
	for i := range v.Len() {
		v.Index(i).Set(deep(v.Index(i)))
	}
}

// shares reports whether an assignment of a type may share something.
func shares(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map, reflect.Struct:
		return true
	case reflect.Array:
		return shares(t.Elem())
	}
	return false
}
