using System.Numerics;

namespace Atelier.Color;

/// <summary>A linear map of colors, whose results may lie outside [0, 1].</summary>
internal readonly struct ColorMatrix(Matrix3 matrix, double red = 0, double green = 0, double blue = 0)
    : IColorOperator
{
    private readonly ColorLanes _ofRed = Column(matrix, 0), _ofGreen = Column(matrix, 1), _ofBlue = Column(matrix, 2);
    private readonly ColorLanes _offset = new(new((float)red), new((float)green), new((float)blue));

    public ColorLanes Apply(ColorLanes color, Vector<float> beside) => new(
        (color.Red * _ofRed.Red) + (color.Green * _ofGreen.Red) + (color.Blue * _ofBlue.Red) + _offset.Red,
        (color.Red * _ofRed.Green) + (color.Green * _ofGreen.Green) + (color.Blue * _ofBlue.Green) + _offset.Green,
        (color.Red * _ofRed.Blue) + (color.Green * _ofGreen.Blue) + (color.Blue * _ofBlue.Blue) + _offset.Blue);

    private static ColorLanes Column(Matrix3 matrix, int index)
        => new(new((float)matrix[0, index]), new((float)matrix[1, index]), new((float)matrix[2, index]));
}
